"""What is erased once the dated periods are over: contents of ended applications, accounts that sleep, logs."""
