"""The kiosk: what visitors use by themselves, with their fingers."""
