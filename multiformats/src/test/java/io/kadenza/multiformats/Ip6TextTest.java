package io.kadenza.multiformats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 5952, section by section.
class Ip6TextTest {
  @ParameterizedTest
  @CsvSource({
    "2001:0db8::0001, 2001:db8::1", // 4.1: leading zeros
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1", // 4.2.1: as short as possible
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1", // 4.2.2: not for one group
    "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1", // 4.2.3: the longest run
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1", // 4.2.3: the first of equals
    "2001:DB8::A:B, 2001:db8::a:b", // 4.3: lower case
    "::ffff:192.0.2.1, ::ffff:192.0.2.1", // 5: IPv4-mapped
    "::FFFF:C000:201, ::ffff:192.0.2.1",
    "::192.0.2.1, ::c000:201", // the deprecated compatible form is no longer dotted
    "64:ff9b::192.0.2.1, 64:ff9b::c000:201",
    "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
    "::, ::",
    "0:0:0:0:0:0:0:0, ::",
    "::1, ::1",
    "1::, 1::",
    "1:0:0:0:0:0:0:8, 1::8",
    "0:0:3:4:5:6:7:8, ::3:4:5:6:7:8",
    "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0"
  })
  void everyFormPrintsInTheRecommendedOne(String text, String canonical) {
    var ip6 = new Ip6Value();

    assertThat(ip6.toText(ip6.toBytes(text))).isEqualTo(canonical);
    assertThat(ip6.toBytes(canonical)).isEqualTo(ip6.toBytes(text));
  }
}
