"""Where files are read: processes without a network, without other files, and with limits."""

from amparo.extract.sandbox.confinement import Confinement
from amparo.extract.sandbox.desk import Sandbox
from amparo.extract.sandbox.process import SandboxError

__all__ = ["Confinement", "Sandbox", "SandboxError"]
