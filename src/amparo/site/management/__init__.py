"""Django's own commands, where ours differ from them."""
