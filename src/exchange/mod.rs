//! What goes in and out: loading of history, and later the ways other systems follow ours.

// pub mod imports;
