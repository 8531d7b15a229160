package io.kadenza.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// T43: what tells a row from another.
class RowSumTest {
  private static final byte[] A = {1, 2};
  private static final byte[] B = {3};

  private final RowSum things = new RowSum("things");

  @Test
  void t43ARowThatComesToLieInAnotherTableIsNotRightThere() {
    assertThat(new RowSum("others").of(A, B)).isNotEqualTo(things.of(A, B));
  }

  @Test
  void t43BytesThatMoveFromTheKeyToTheValueAreNotRightThere() {
    byte[] first = {1};
    byte[] rest = {2, 3};

    assertThat(things.of(first, rest)).isNotEqualTo(things.of(A, B));
  }

  @Test
  void t43TwoRowsOfAnEarlierTimeDoNotMakeUpForEachOther() {
    long sum = things.of(A, B);
    long other = things.of(B, A);

    assertThat(RowSum.scrambled(sum + 1) + RowSum.scrambled(other - 1))
        .isNotEqualTo(RowSum.scrambled(sum) + RowSum.scrambled(other));
  }
}
