package io.kadenza.kad.provide;

/// How much of its own a node keeps before the network. It bounds what a user can ask for, not what
/// a peer can.
///
/// @param maxKeys how many keys are provided; each costs some 50 bytes of memory
/// @param maxValues how many published values are stored again
/// @param maxValueBytes keys and values of these together
public record ProvideLimits(int maxKeys, int maxValues, long maxValueBytes) {
  public static final ProvideLimits DEFAULT = new ProvideLimits(1 << 24, 16_384, 64L << 20);

  public ProvideLimits {
    if (maxKeys < 0 || maxValues < 0 || maxValueBytes < 0) {
      throw new IllegalArgumentException("limits are not negative");
    }
  }

  public ProvideLimits withMaxKeys(int value) {
    return new ProvideLimits(value, maxValues, maxValueBytes);
  }

  public ProvideLimits withMaxValues(int values, long bytes) {
    return new ProvideLimits(maxKeys, values, bytes);
  }
}
