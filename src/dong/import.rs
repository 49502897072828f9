//! Reads boundary files.
