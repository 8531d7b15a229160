package io.kadenza.node.cli;

import io.kadenza.node.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A server on loopback for the tests of one class, whose commands find its address in their
/// working directory.
final class OneServer implements BeforeAllCallback, AfterAllCallback {
  private @Nullable Path directory;
  private @Nullable Node node;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Path made = Files.createTempDirectory("kad-commands");
    directory = made;
    node = LocalNode.server(made);
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (node != null) {
      node.close();
    }
    try (Stream<Path> all = Files.walk(directory())) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  Path directory() {
    return Objects.requireNonNull(directory);
  }

  Node node() {
    return Objects.requireNonNull(node);
  }

  String address() {
    return node().addresses().getFirst().toString();
  }
}
