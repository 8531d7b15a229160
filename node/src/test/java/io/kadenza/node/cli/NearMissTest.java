package io.kadenza.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearMissTest {
  private static final List<String> WORDS =
      List.of("put", "get", "provide", "findprovs", "findpeer", "closest", "id", "identify");

  @ParameterizedTest
  @CsvSource({
    "porvide,provide",
    "privode,provide",
    "provid,provide",
    "prvide,provide",
    "putt,put",
    "gte,get",
    "findpovs,findprovs",
    "closets,closest",
    "identfy,identify",
  })
  void findsTheWordThatWasMeant(String typed, String meant) {
    assertThat(NearMiss.of(typed, WORDS)).first().isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({"xyz", "/v/hello", "zzzzzzzz", "a"})
  void findsNothingWhereNothingIsNear(String typed) {
    assertThat(NearMiss.of(typed, WORDS)).isEmpty();
  }

  @Test
  void countsAnExchangeOfNeighboursOnce() {
    assertThat(NearMiss.slips("ab", "ba")).isEqualTo(1);
    assertThat(NearMiss.slips("", "abc")).isEqualTo(3);
    assertThat(NearMiss.slips("kitten", "sitting")).isEqualTo(3);
  }
}
