package io.kadenza.host.internal.dial;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.host.NameService;
import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.Multiaddr;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResolverTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /// Whoever owns these names has each stand for a hundred others below it.
  private static final class Hydra implements NameService {
    final List<String> asked = new ArrayList<>();

    @Override
    public List<InetAddress> addresses(String name) {
      asked.add(name);
      return List.of();
    }

    @Override
    public List<String> texts(String name) {
      asked.add(name);
      return IntStream.range(0, 100)
          .mapToObj(i -> "dnsaddr=/dnsaddr/" + i + "." + name.substring("_dnsaddr.".length()))
          .toList();
    }
  }

  @Test
  void t25AnAddressThatAPeerNamesDoesNotMakeUsAskForNamesWithoutEnd() {
    var names = new Hydra();

    var found =
        new Resolver(new Inquiry(names, Deadline.after(LIMIT)))
            .resolve(Multiaddr.parse("/dnsaddr/evil.example"), null);

    assertThat(found).isEmpty();
    assertThat(names.asked).hasSize(Inquiry.QUESTIONS_MAX);
  }

  @Test
  void t25TheAddressesOfOneDialShareTheQuestions() {
    var names = new Hydra();
    var resolver = new Resolver(new Inquiry(names, Deadline.after(LIMIT)));
    Multiaddr literal = Multiaddr.parse("/ip4/203.0.113.1/tcp/1");

    for (int i = 0; i < 64; i++) {
      resolver.resolve(Multiaddr.parse("/dns4/" + i + ".evil.example/tcp/1"), null);
    }

    assertThat(names.asked).hasSize(Inquiry.QUESTIONS_MAX);
    assertThat(resolver.resolve(literal, null)).as("needs no question").containsExactly(literal);
  }

  @Test
  void t25NobodyIsAskedWhenTheTimeForADialIsOver() {
    var names = new Hydra();
    var inquiry = new Inquiry(names, Deadline.after(Duration.ZERO));

    assertThat(new Resolver(inquiry).resolve(Multiaddr.parse("/dnsaddr/evil.example"), null))
        .isEmpty();
    assertThat(names.asked).isEmpty();
  }
}
