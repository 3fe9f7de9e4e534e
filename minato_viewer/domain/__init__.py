"""What a plan is: frozen values, rules and faults. Standard library only."""
