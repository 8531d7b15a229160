package io.kadenza.multiformats;

/// How one protocol's value is written in text and in bytes.
///
/// Bytes that pass [#check] can be printed, and what was printed reads back to the same bytes.
interface AddressValue {
  /// Reads text, which is not empty. The result is yet to pass [#check]. Throws
  /// [MalformedException].
  byte[] toBytes(String text);

  String toText(byte[] value);

  /// Throws [MalformedException] unless the value is well-formed. Its length already is, where it
  /// is fixed.
  default void check(byte[] value) {}
}
