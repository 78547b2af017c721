"""The record on disk, and the only importer of sqlite_utils and sqlcipher3."""
