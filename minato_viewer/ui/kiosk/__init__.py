"""The face for a screen that anyone can walk up to: touch alone, nobody beside them, nothing left of the last one."""
