"""The arq worker and the reconciler: alarm clocks, nothing more."""
