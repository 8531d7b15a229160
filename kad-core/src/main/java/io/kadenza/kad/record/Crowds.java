package io.kadenza.kad.record;

import java.util.Arrays;

/// The providers of keys that have several: numbered lists of 64 bits for each, without an order.
/// Confined to its store's thread.
final class Crowds {
  private static final int FIRST_SIZE = 2;

  /// In each list the count comes first.
  private long[][] lists = {};

  private final Numbers numbers = new Numbers();

  /// Begins a list of two.
  int add(long first, long second) {
    int number = numbers.take();
    if (number == lists.length) {
      lists = Arrays.copyOf(lists, Math.max(FIRST_SIZE, number + number / 2));
    }
    lists[number] = new long[] {2, first, second};
    return number;
  }

  void remove(int number) {
    lists[number] = new long[0];
    numbers.giveBack(number);
  }

  int count(int number) {
    return (int) lists[number][0];
  }

  long get(int number, int index) {
    return lists[number][1 + index];
  }

  void set(int number, int index, long value) {
    lists[number][1 + index] = value;
  }

  void append(int number, long value) {
    long[] list = lists[number];
    int count = (int) list[0];
    if (count + 1 == list.length) {
      list = Arrays.copyOf(list, 2 + count + count / 2);
      lists[number] = list;
    }
    list[1 + count] = value;
    list[0]++;
  }

  /// The last one takes the place of the one that is removed.
  void remove(int number, int index) {
    long[] list = lists[number];
    int last = (int) list[0];
    list[1 + index] = list[last];
    list[0]--;
    if (last * 3 < list.length) {
      lists[number] = Arrays.copyOf(list, last + 1);
    }
  }
}
