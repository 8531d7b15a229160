package io.kadenza.store;

import io.kadenza.multiformats.Bytes;
import java.util.Optional;

/// One thing to do in a [Database].
///
/// @param value what is to stand under the key, empty if nothing
public record Change(String table, Bytes key, Optional<Bytes> value) {}
