"""Many runs: several processes, results kept as they come, resumed when cut."""
