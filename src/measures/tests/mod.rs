//! The rules of the measures, one test for each, and random histories against the oracle.
