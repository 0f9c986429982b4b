"""Fuzzing, guided by coverage: `make fuzz`. What it finds stays in tests/corpus/found and is tested on."""
