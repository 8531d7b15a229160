package io.kadenza.multiformats;

/// How one protocol's value is written in text and in bytes.
///
/// Bytes that pass [#check] can be printed, and what was printed reads back to the same bytes.
interface AddressValue {
  /// Reads text, which is not empty. The result is yet to pass [#check]. Throws
  /// [MalformedException].
  byte[] toBytes(String text);

  String toText(byte[] value);

  /// Whether every value of the protocol's length is well-formed, so that [#check] need not be
  /// asked.
  default boolean isAnyBytes() {
    return false;
  }

  /// Throws [MalformedException] unless the value, already of the protocol's length, is
  /// well-formed.
  default void check(byte[] value) {}
}
