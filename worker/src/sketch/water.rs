//! Still and moving water.
