"""The pages of intake: who was asked, a section at a time, what is known, screens, papers."""
