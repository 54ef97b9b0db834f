"""People: users, roles, sign-in, sessions and the audit of what they did.

``roles`` say what one may do to the workspace itself (what one may do in a matter is ``matters``'
business) · ``factors`` and ``oidc``: second factors, and providers to sign in with · ``throttle``
slows who guesses · ``chain``: the audit, in which nothing can be changed unnoticed.
"""
