//! Real relay process, real sockets, real engines.
