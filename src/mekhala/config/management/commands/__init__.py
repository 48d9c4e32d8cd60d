"""Django commands of the installation."""
