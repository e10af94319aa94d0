"""The whole stack on one machine, for developers and tests: private, disposable, never a system one."""
