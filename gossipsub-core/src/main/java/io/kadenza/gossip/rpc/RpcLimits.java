package io.kadenza.gossip.rpc;

/// What one RPC may hold. Whatever goes beyond is refused or skipped before memory is spent on it:
/// in 2026 a megabyte of four-byte announcements took other implementations to 89 MB of heap
/// (CVE-2026-46679).
public final class RpcLimits {
  /// The largest RPC that is accepted; go's and js' default, and the pubsub specification's "say 1
  /// MiB".
  public static final int MAX_RPC_BYTES = 1 << 20;

  /// The most data that one message may carry, so that its RPC stays below [#MAX_RPC_BYTES].
  public static final int MAX_DATA_BYTES = MAX_RPC_BYTES - 8192;

  /// The announcements in one RPC; rust's limit. Beyond it the RPC is refused.
  public static final int MAX_SUBSCRIPTIONS = 100;

  /// The messages in one RPC; rust's limit, and as many as one heartbeat's IWANT may ask for.
  /// Beyond it the RPC is refused.
  public static final int MAX_MESSAGES = 5000;

  /// The GRAFT, PRUNE, IHAVE and IWANT entries in one RPC, together. A peer names each topic once
  /// per kind, and of topics it has at most [#MAX_SUBSCRIPTIONS]. Beyond it the RPC is refused.
  public static final int MAX_CONTROL_ENTRIES = 4 * MAX_SUBSCRIPTIONS;

  /// The message ids in one RPC: what go announces to a peer in one heartbeat. Further ones are
  /// skipped.
  public static final int MAX_IDS = 5000;

  /// The size of the control message that is accepted: go puts [#MAX_IDS] ids of 46 bytes into one.
  public static final int MAX_CONTROL_BYTES = 256 << 10;

  /// The size of announcements and control together that is sent: rust 0.50 refuses more.
  public static final int SENT_CONTROL_BYTES = 16 << 10;

  /// The size up to which messages are packed together: rust's default limit for a whole RPC. Only
  /// a single message that is larger travels in a larger RPC.
  public static final int SENT_RPC_BYTES = 64 << 10;

  /// The longest topic, in bytes of UTF-8. Known ones are below 100; entries with longer ones are
  /// skipped, because they can only be about topics that we are not in.
  public static final int MAX_TOPIC_BYTES = 256;

  /// The longest message id. The default one has at most 50 bytes; longer ones are skipped, because
  /// we never make them.
  public static final int MAX_ID_BYTES = 128;

  /// The longest back-off that a PRUNE can impose: an hour, sixty times the usual. It keeps a peer
  /// from overflowing the clock (CVE-2026-33040, CVE-2026-34219).
  public static final int MAX_BACKOFF_SECONDS = 3600;

  private RpcLimits() {}
}
