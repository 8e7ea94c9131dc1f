//! Password hashing, access tokens and sealed answers.
