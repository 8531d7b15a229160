package io.kadenza.host.internal.bytes;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.lang.reflect.Proxy;
import java.util.Random;

/// A fuzzer's input drawn from a seed: runs a fuzz target in an ordinary test.
public final class SeededData {

  private final Random random;
  private int left;

  private SeededData(long seed, int size) {
    random = new Random(seed);
    left = size;
  }

  /// About `size` bytes' worth of choices.
  public static FuzzedDataProvider of(long seed, int size) {
    SeededData data = new SeededData(seed, size);
    return (FuzzedDataProvider)
        Proxy.newProxyInstance(
            SeededData.class.getClassLoader(),
            new Class<?>[] {FuzzedDataProvider.class},
            (_, method, args) ->
                data.consume(method.getName(), args == null ? 0 : args.length, args));
  }

  private Object consume(String method, int count, Object[] args) {
    return switch (method + count) {
      case "remainingBytes0" -> left;
      case "consumeBoolean0" -> {
        spend(1);
        yield random.nextBoolean();
      }
      case "consumeInt0" -> {
        spend(4);
        yield random.nextInt();
      }
      case "consumeInt2" -> {
        spend(1);
        yield (int) random.nextLong((Integer) args[0], (Integer) args[1] + 1L);
      }
      case "consumeBytes1" -> {
        byte[] bytes = new byte[Math.min(left, (Integer) args[0])];
        random.nextBytes(bytes);
        spend(bytes.length);
        yield bytes;
      }
      default -> throw new UnsupportedOperationException(method);
    };
  }

  private void spend(int bytes) {
    left = Math.max(0, left - bytes);
  }
}
