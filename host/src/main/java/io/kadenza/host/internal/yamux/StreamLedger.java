package io.kadenza.host.internal.yamux;

import org.jspecify.annotations.Nullable;

/// The open streams, the account of what they hold together, and the frames that begin and end
/// them. Owned by one [Yamux].
final class StreamLedger {

  private final YamuxLimits limits;
  private final Outgoing out;
  private final StreamTable table = new StreamTable();

  private int local;
  private int remote;

  /// Streams opened here that the remote has not acknowledged, and the other way round.
  private int unacknowledgedLocal;

  private int unacknowledgedRemote;

  /// Bytes announced and not yet consumed over all streams.
  private long unconsumed;

  /// By how much all windows together exceed the size they begin with.
  private long grown;

  /// How many bytes the remote may still send on streams that are gone: the credit they had. More
  /// than that is no race with our RST but a remote that ignores it.
  private long skippable;

  StreamLedger(YamuxLimits limits, Outgoing out) {
    this.limits = limits;
    this.out = out;
  }

  int size() {
    return table.size();
  }

  @Nullable YamuxStream get(int id) {
    return table.get(id);
  }

  /// Why no stream can be opened here now, or null.
  @Nullable OpenRefusal refusal() {
    if (local >= limits.maxStreams()) {
      return OpenRefusal.TOO_MANY_STREAMS;
    }
    // "SHOULD at most allow an ACK backlog of 256 streams."
    return unacknowledgedLocal >= limits.ackBacklog() ? OpenRefusal.ACK_BACKLOG : null;
  }

  /// Whether the remote may open one more stream.
  boolean hasRoom() {
    return remote < limits.maxStreams() && unacknowledgedRemote < limits.ackBacklog();
  }

  void add(YamuxStream s) {
    table.add(s);
    if (s.local) {
      local++;
      unacknowledgedLocal++;
    } else {
      remote++;
      unacknowledgedRemote++;
    }
  }

  /// Sends the stream's SYN or ACK, unless it was sent before.
  void announce(YamuxStream s) {
    int flag = s.unsentFlag;
    if (flag == 0) {
      return;
    }
    s.unsentFlag = 0;
    if (flag == Header.ACK) {
      unacknowledgedRemote--;
    }
    out.control(Header.WINDOW_UPDATE, flag, s.id, 0);
    int more = budgeted(limits.initialWindow() - YamuxLimits.SPECIFIED_WINDOW);
    if (more > 0) {
      s.receiving.enlarge(more);
      out.control(Header.WINDOW_UPDATE, 0, s.id, more);
    }
  }

  /// The remote has answered a stream opened here.
  void acknowledged(YamuxStream s) {
    if (s.unacknowledged) {
      s.unacknowledged = false;
      unacknowledgedLocal--;
    }
  }

  void reset(YamuxStream s) {
    // A stream whose SYN was not sent never was, for the remote.
    if (s.unsentFlag != Header.SYN) {
      out.control(Header.DATA, Header.RST, s.id, 0);
    }
    forget(s);
  }

  void forget(YamuxStream s) {
    s.gone = true;
    table.remove(s);
    acknowledged(s);
    if (s.unsentFlag == Header.ACK) {
      unacknowledgedRemote--;
    }
    if (s.local) {
      local--;
    } else {
      remote--;
    }
    unconsumed -= s.receiving.unconsumed();
    grown -= s.receiving.size() - YamuxLimits.SPECIFIED_WINDOW;
    if (!s.remoteFinished) {
      skippable += s.receiving.credit();
    }
  }

  /// A stream was refused: the remote learns it only after it has sent what a window lets it.
  void refused() {
    skippable += YamuxLimits.SPECIFIED_WINDOW;
  }

  /// Whether so many bytes for streams that are gone can be no more than a race.
  boolean skips(long bytes) {
    if (bytes > skippable) {
      return false;
    }
    skippable -= bytes;
    return true;
  }

  /// Whether the connection may be made to hold `bytes` more.
  boolean holds(long bytes) {
    return unconsumed + bytes <= limits.connectionReceiveBytes();
  }

  /// A frame of `bytes` for a stream has been announced.
  void announced(YamuxStream s, int bytes) {
    s.receiving.announced(bytes);
    unconsumed += bytes;
  }

  /// The application has taken `bytes` of a stream.
  void consumed(YamuxStream s, int bytes) {
    s.receiving.consumed(bytes);
    unconsumed -= bytes;
  }

  /// Takes growth for a window from what the connection may hold; returns how much there was.
  int budgeted(int growth) {
    int granted = (int) Math.min(growth, limits.connectionReceiveBytes() - grown);
    grown += granted;
    return granted;
  }
}
