"""What a decoder may use and reach: limits, closed files, closed calls of the kernel."""
