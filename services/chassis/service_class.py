"""Finds the class of a service by its name."""

from importlib import import_module
from importlib.util import find_spec


class NoSuchService(Exception):
    """There is no service of that name; the message says where it was looked for."""


def service_class(name: str) -> type:
    """The one class named `name` in `services.<name>.service`, or in the module of `<module>:<name>`."""
    module_name, _, given = name.rpartition(":")
    module_name = module_name or f"services.{name}.service"
    parent = module_name.rpartition(".")[0]
    if (parent and find_spec(parent) is None) or find_spec(module_name) is None:
        raise NoSuchService(f"There is no service {name}: no module {module_name}.")
    members = vars(import_module(module_name)).values()
    found = [each for each in members if isinstance(each, type) and vars(each).get("name") == given]
    if len(found) != 1:
        raise NoSuchService(f"{module_name} has {len(found)} classes whose name is {given}; it must be one.")
    return found[0]
