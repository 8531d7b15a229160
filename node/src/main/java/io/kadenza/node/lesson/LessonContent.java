package io.kadenza.node.lesson;

import io.kadenza.multiformats.Base58;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multihash;
import io.kadenza.node.Node;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What the lesson stores and looks for. Its keys are bare sha-256 digests, in no namespace: only
/// an open network takes them.
final class LessonContent {
  static final Bytes VALUE_KEY = sha256("py-libp2p kademlia example value");
  static final Bytes VALUE = Bytes.utf8("Hello message from Paschal");

  /// With the space at the end.
  static final Bytes CONTENT_KEY = sha256("Hello from python node ");

  static final String TOPIC = "universal-connectivity";

  /// Chat, shared files, and browsers that look for each other.
  static final List<String> TOPICS =
      List.of(TOPIC, TOPIC + "-file", TOPIC + "-browser-peer-discovery");

  private LessonContent() {}

  /// Whether a node belongs to a network where the lesson may be held. One that takes only records
  /// of its own kinds would refuse the value, and a public one is no place for greetings.
  static boolean suits(Node node) {
    return node.dht().config().validators().isOpen();
  }

  private static Bytes sha256(String text) {
    return Multihash.sha256(text.getBytes(StandardCharsets.UTF_8)).digest();
  }

  /// The value's key as the lesson prints it.
  static String valueKeyText() {
    return Base58.encode(VALUE_KEY.toArray());
  }
}
