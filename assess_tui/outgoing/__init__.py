"""What leaves the record: papers under the clinic's letterhead, exports, everything at the end."""
