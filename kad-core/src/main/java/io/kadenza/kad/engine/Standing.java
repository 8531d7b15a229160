package io.kadenza.kad.engine;

import io.kadenza.kad.engine.EngineEvent.PeerRemoved.Reason;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;

/// What peers' conduct means for their place in the table. Who answers a request of a walk is in,
/// or waits for a place; who is said to be a server is asked first; who cannot be reached, fails
/// twice, or stops being a server is out. Confined to the engine.
final class Standing {
  /// How long after its failure a peer in doubt is asked again.
  private static final long RECHECK_NANOS = 30_000_000_000L;

  /// If nobody at all has answered for this long, it is we who are cut off, and nobody is removed.
  private static final long SILENCE_NANOS = 60_000_000_000L;

  private final Node node;
  private final Checks checks;
  private final Reunion reunion;

  private long lastAnswerAt;
  private boolean anyAnswer;
  private final Alarm recheck = new Alarm();

  Standing(Node node) {
    this.node = node;
    this.checks = new Checks(node);
    this.reunion = new Reunion(node);
  }

  /// Identify has told what a connected peer is. Tells whether the table has changed or somebody is
  /// asked because of it.
  boolean identified(Contact contact, boolean server) {
    if (contact.isAt(node.key)) {
      return false;
    }
    node.silent.heardOf(contact);
    if (!server) {
      node.cache.failed(contact);
      boolean removed = remove(contact.key(), Reason.NO_LONGER_SERVER);
      meet(contact);
      return removed;
    }
    return switch (node.table.met(node.config.addresses().filter(contact), node.seconds())) {
      case ABSENT -> {
        meet(contact);
        if (node.inFlight.isWalkingThrough(contact.key())) {
          yield false;
        }
        reunion.returned(contact);
        yield check(contact);
      }
      case UNCHANGED -> false;
      case MOVED -> {
        tellMoved(contact);
        yield true;
      }
    };
  }

  /// Believes that these are servers that answer.
  void converge(List<Contact> servers) {
    node.table.fill(servers, node.seconds());
  }

  private void tellMoved(Contact contact) {
    if (node.watched) {
      node.happened(new EngineEvent.PeerMoved(contact.info(), node.table.bucketOf(contact.key())));
    }
  }

  /// Remembers a peer with all of its addresses, for what the policy takes from them matters: one
  /// without any counts as somebody to whom only a connection leads, and may be admitted.
  private void meet(Contact contact) {
    if (node.neighbourhood.meet(contact) && node.watched) {
      node.happened(new EngineEvent.PeerFound(contact.info()));
    }
  }

  /// Has a peer asked for itself, after which it may be admitted. Tells whether it may have been
  /// asked at once; who finds no room is kept as a spare.
  private boolean check(Contact contact) {
    if (!node.config.addresses().admits(contact)) {
      return false;
    }
    if (!node.table.hasRoomFor(contact)) {
      node.table.addSpare(contact);
      tellSpared(contact);
      return false;
    }
    if (checks.add(contact)) {
      checks.proceed();
    }
    return true;
  }

  private void tellSpared(Contact contact) {
    if (node.watched) {
      node.happened(new EngineEvent.PeerSpared(contact.info(), node.table.bucketOf(contact.key())));
    }
  }

  /// A peer gave a fitting answer to whatever we asked.
  void noteAnswer(Rpc rpc, KadResponse response) {
    lastAnswerAt = node.now.nanos();
    anyAnswer = true;
    KadKey key = rpc.to().key();
    if (rpc.isWalk()) {
      node.cache.answered(rpc.to(), node.seconds());
    }
    if (node.table.contains(key)) {
      node.table.answered(key, node.seconds());
    } else if (rpc.isWalk() && isConvincing(response)) {
      admit(node.asMet(rpc.to()));
    }
  }

  /// A server in a network of some size names somebody in any answer of a walk. In a small one it
  /// may have nobody to name.
  private boolean isConvincing(KadResponse response) {
    return !response.closer().isEmpty() || node.table.size() < node.config.k();
  }

  private void admit(Contact contact) {
    if (!node.config.addresses().admits(contact)) {
      return;
    }
    // Hearsay is read into proper addresses once, here.
    Contact settled = node.config.addresses().filter(contact).settled();
    switch (node.table.add(settled, node.seconds())) {
      case ADDED -> {
        askAgain(reunion.admitted(settled));
        tellAdded(settled);
      }
      case FULL -> tellSpared(settled);
      case RENEWED, REFUSED -> {}
    }
  }

  private void tellAdded(Contact contact) {
    if (node.watched) {
      if (node.neighbourhood.metOutside(contact.key()) == null) {
        node.happened(new EngineEvent.PeerFound(contact.info()));
      }
      node.happened(new EngineEvent.PeerAdded(contact.info(), node.table.bucketOf(contact.key())));
    }
  }

  private void askAgain(List<Contact> lost) {
    if (!lost.isEmpty()) {
      lost.forEach(checks::add);
      checks.proceed();
    }
  }

  /// A request ended without an answer.
  void noteFailure(Rpc rpc, RpcFailure why) {
    if (why == RpcFailure.TIMED_OUT) {
      node.silent.suspect(rpc, node.now.nanos(), node.now.nanos());
    }
    switch (why) {
      case OVERLOADED -> {} // our own doing
      case UNSUPPORTED -> {
        node.cache.failed(rpc.to());
        remove(rpc.to().key(), Reason.NO_LONGER_SERVER);
      }
      case REFUSED -> {
        // A peer may refuse a record and be in the best of health.
        if (rpc.isWalk()) {
          doubt(rpc.to().key(), node.config.maxFailures());
        }
      }
      case TIMED_OUT, MALFORMED, DISCONNECTED -> {
        node.cache.failed(rpc.to());
        doubt(rpc.to().key(), node.config.maxFailures());
      }
      case UNREACHABLE -> {
        node.cache.failed(rpc.to());
        // Nearly always it has gone, and a neighbour is asked again as one that was lost: being
        // wrong now and then costs less than asking every one of them twice. But if nobody has
        // answered meanwhile, it may be we who cannot reach anybody.
        boolean others = anyAnswer && lastAnswerAt - rpc.sentAt() >= 0;
        doubt(rpc.to().key(), others ? 1 : node.config.maxFailures());
      }
    }
  }

  /// @param tolerated after how many failures in a row it has to leave
  private void doubt(KadKey key, int tolerated) {
    int failures = node.table.failed(key);
    if (failures == 0) {
      return;
    }
    if (node.watched) {
      Contact doubted = node.table.get(key);
      if (doubted != null) {
        node.happened(new EngineEvent.PeerDoubted(doubted.id(), failures));
      }
    }
    if (failures >= tolerated && isOnline()) {
      remove(key, Reason.UNRESPONSIVE);
    } else {
      recheck.wakeAt(node.now.nanos() + RECHECK_NANOS);
    }
  }

  private boolean isOnline() {
    return anyAnswer && node.now.nanos() - lastAnswerAt < SILENCE_NANOS;
  }

  /// Asks some of the neighbours that we have lost: if the network was cut in two, they lead to its
  /// other half.
  void searchLost() {
    askAgain(reunion.search());
  }

  /// Takes the news that lost neighbours were found again, as in [Reunion#takeNews].
  boolean takeReunion() {
    return reunion.takeNews();
  }

  /// Tells whether it was in the table.
  private boolean remove(KadKey key, Reason reason) {
    Contact contact = node.table.get(key);
    if (!node.table.remove(key) || contact == null) {
      return false;
    }
    node.neighbourhood.meet(contact);
    node.happened(new EngineEvent.PeerRemoved(contact.id(), reason));
    if (reason == Reason.UNRESPONSIVE) {
      reunion.lost(contact);
    }
    Contact spare = node.table.takeSpare(node.table.bucketOf(key));
    if (spare != null) {
      check(spare);
    }
    return true;
  }

  /// Takes in peers that an earlier run of this node knew: each has to show that it is still there.
  void recall(List<PeerInfo> peers) {
    for (PeerInfo peer : peers) {
      if (!peer.id().equals(node.id)) {
        Contact contact = Contact.of(peer);
        node.cache.heard(contact, node.seconds());
        check(contact);
      }
    }
  }

  /// Asks the peers in doubt, and those that have not answered for long. Those we are connected
  /// with are there: the muxer's keep-alive sees to that.
  void probe() {
    int since = node.secondsAgo(node.config.probeAge());
    for (Contact contact : node.table.doubtful(since, this::isConnected)) {
      checks.add(contact);
    }
    checks.proceed();
  }

  /// Offers the free places of the table to peers that others have spoken of: asking one of them
  /// costs a request, finding one by a walk a dozen. Others go on speaking of the lost ones for a
  /// while; these have their turn in [#searchLost].
  void fill() {
    int k = node.config.k();
    int within = node.table.size();
    int bucket = 0;
    for (; bucket < node.table.depth() && within > k; bucket++) {
      int size = node.table.bucketSize(bucket);
      if (size < k) {
        offer(node.key.beyond(bucket, node.random), bucket, bucket, k - size);
      }
      within -= size;
    }
    // All further buckets lie in our neighbourhood.
    offer(node.key, bucket, KadKey.BITS, k);
    checks.proceed();
  }

  /// Offers places to the peers heard of that are closest to a key.
  ///
  /// @param first the first of the buckets that have places, `last` the last
  /// @param most how many are offered
  private void offer(KadKey near, int first, int last, int most) {
    int offered = 0;
    for (Contact contact : node.cache.closest(near, node.config.k(), node.seconds())) {
      int bucket = contact.commonPrefixLength(node.key);
      if (offered < most
          && bucket >= first
          && bucket <= last
          && node.table.hasRoomFor(contact)
          && !reunion.misses(contact)
          && checks.add(contact)) {
        offered++;
      }
    }
  }

  /// "Reconnect to closest peers": asks those of our neighbours with whom there is no connection,
  /// the lost ones left out as in [#fill]. Tells whether one of them is new to the table.
  boolean reconnect(List<Contact> neighbours) {
    boolean news = false;
    for (Contact contact : neighbours) {
      if (!isConnected(contact) && !reunion.misses(contact)) {
        news |= !node.table.contains(contact);
        checks.add(node.asMet(contact));
      }
    }
    checks.proceed();
    return news;
  }

  private boolean isConnected(Contact contact) {
    return node.connected.contains(contact.id());
  }

  long deadline() {
    return recheck.deadline();
  }

  void tick() {
    if (recheck.goesOff(node.now)) {
      probe();
    }
  }
}
