package io.kadenza.store;

import io.kadenza.multiformats.Bytes;

/// A key of a [Table] and what stands under it.
public record Entry(Bytes key, Bytes value) {}
