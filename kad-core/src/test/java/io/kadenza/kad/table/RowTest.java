package io.kadenza.kad.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.net.Peers;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RowTest {
  private static final int STEPS = 2_000;

  private final SplittableRandom random = new SplittableRandom(1);

  /// A row that came of others knows the same as one made of its contacts.
  @Test
  void whatARowHasFoundOutStaysTrueWithEveryChange() {
    Row row = Row.EMPTY;
    List<Contact> expected = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      if (random.nextBoolean()) {
        row.words();
      }
      if (random.nextBoolean()) {
        row.marks();
      }
      row = changed(row, expected);
      assertThat(row.all()).isEqualTo(expected);
      if (random.nextInt(4) == 0) {
        Row anew = Row.of(expected.toArray(Contact[]::new), expected.size());
        assertThat(row.words()).isEqualTo(anew.words());
        assertThat(row.marks()).isEqualTo(anew.marks());
      }
    }
  }

  private Row changed(Row row, List<Contact> expected) {
    int size = expected.size();
    int index = size == 0 ? 0 : random.nextInt(size);
    switch (size == 0 ? 0 : random.nextInt(size > 20 ? 3 : 6)) {
      case 1 -> {
        expected.remove(index);
        return row.without(index);
      }
      case 2 -> {
        byte[] marked = new byte[size];
        marked[index] = 1;
        expected.remove(index);
        return row.unmarked(marked);
      }
      case 3 -> {
        Contact other = Contact.of(Peers.info(random));
        expected.set(index, other);
        return row.replaced(index, other);
      }
      default -> {
        Contact last = Contact.of(Peers.info(random));
        expected.add(last);
        return row.with(last);
      }
    }
  }

  @Test
  void whereNobodyIsMarkedTheRowIsTheSame() {
    Row row = Row.EMPTY.with(Contact.of(Peers.info(random)));
    assertThat(row.unmarked(new byte[1])).isSameAs(row);
    assertThat(row.unmarked(new byte[] {1})).isSameAs(Row.EMPTY);
  }
}
