//! Speed as ratios: one table of paths and the parts they cost.
