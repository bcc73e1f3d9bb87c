//! The worker against real services, in one binary.
