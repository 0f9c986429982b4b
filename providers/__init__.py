"""Mail and calendar providers: vendor-neutral on the outside, one folder per vendor inside."""
