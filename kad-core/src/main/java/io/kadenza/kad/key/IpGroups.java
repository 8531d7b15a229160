package io.kadenza.kad.key;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Protocol;
import java.util.Arrays;
import java.util.List;

/// Which addresses belong to one owner, as far as that can be told: "IPv4 addresses are grouped by
/// /16 prefixes, except for legacy Class A blocks, which are grouped by /8". IPv6 addresses should
/// be grouped by autonomous system; without a list of these, by /32, what a registry hands out to
/// one.
public final class IpGroups {
  private static final long[] NONE = {};

  /// A group's highest bits say what it is of, so that IPv4 and IPv6 never meet.
  private static final long IP4_WIDE = 1L << 60;

  private static final long IP4 = 2L << 60;
  private static final long IP6 = 3L << 60;

  /// The mark of a contact in no group.
  public static final int NO_GROUP = 1;

  /// The mark of a contact in several groups.
  public static final int SEVERAL = 2;

  /// The golden ratio, which spreads numbers that lie close together.
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  private IpGroups() {}

  /// A number that stands for some groups and is compared without a look at them: [#NO_GROUP],
  /// [#SEVERAL], or for a single group its spread; never zero.
  static int mark(long[] groups) {
    return switch (groups.length) {
      case 0 -> NO_GROUP;
      case 1 -> spread(groups[0]);
      default -> SEVERAL;
    };
  }

  /// A hash of a group whose highest bits differ even for groups that lie close together; different
  /// groups may share it.
  public static int spread(long group) {
    return (int) ((group * SPREAD) >>> Integer.SIZE) | 4;
  }

  /// The distinct groups of those addresses that are public. Reads no more of an address than its
  /// first component.
  public static long[] of(List<Bytes> addresses) {
    long[] groups = NONE;
    for (Bytes address : addresses) {
      long group = of(address);
      if (group != 0 && !contains(groups, group)) {
        groups = Arrays.copyOf(groups, groups.length + 1);
        groups[groups.length - 1] = group;
      }
    }
    return groups;
  }

  /// Whether one of some groups is this one.
  public static boolean contains(long[] groups, long group) {
    for (long known : groups) {
      if (known == group) {
        return true;
      }
    }
    return false;
  }

  /// 0 if the address does not begin with a public IP address.
  private static long of(Bytes address) {
    if (address.size() >= 5 && address.at(0) == Protocol.IP4.code()) {
      int first = address.at(1) & 0xff;
      int second = address.at(2) & 0xff;
      if (isPrivate(first, second)) {
        return 0;
      }
      return isLegacyClassA(first) ? IP4_WIDE | first : IP4 | first << 8 | second;
    }
    // 2000::/3 is all of the public space.
    if (address.size() >= 17
        && address.at(0) == Protocol.IP6.code()
        && (address.at(1) & 0xe0) == 0x20) {
      long prefix = 0;
      for (int i = 1; i <= 4; i++) {
        prefix = prefix << 8 | (address.at(i) & 0xff);
      }
      return IP6 | prefix;
    }
    return 0;
  }

  private static boolean isPrivate(int first, int second) {
    return first == 0
        || first == 10
        || first == 127
        || first >= 224
        || (first == 100 && (second & 0xc0) == 64)
        || (first == 169 && second == 254)
        || (first == 172 && (second & 0xf0) == 16)
        || (first == 192 && second == 168);
  }

  /// The /8 blocks that still belong to one organisation each.
  private static boolean isLegacyClassA(int first) {
    return switch (first) {
      case 12, 17, 19, 38, 48, 53, 56, 73 -> true;
      default -> false;
    };
  }
}
