"""The counter face: tree on the left, page on the right, for staff with a resident in front of them."""
