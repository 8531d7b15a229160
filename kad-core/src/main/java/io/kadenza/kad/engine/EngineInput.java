package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// What can happen to the engine.
public sealed interface EngineInput {
  /// Identify, or its push, told what a connected peer is.
  ///
  /// @param server whether it advertises the protocol now
  record PeerIdentified(Contact peer, boolean server) implements EngineInput {
    public PeerIdentified(PeerInfo peer, boolean server) {
      this(Contact.of(peer), server);
    }
  }

  record PeerConnected(PeerId peer) implements EngineInput {}

  record PeerDisconnected(PeerId peer) implements EngineInput {}

  /// A peer asks; exactly one [EngineEffect.Reply], [EngineEffect.Refuse] or
  /// [EngineEffect.Accepted] with the same id answers, at once.
  ///
  /// @param from the peer at the other end; its addresses may be unknown
  /// @param target where the request's key lives
  record Inbound(long requestId, PeerInfo from, KadRequest request, KadKey target)
      implements EngineInput {
    public Inbound(long requestId, PeerInfo from, KadRequest request) {
      this(requestId, from, request, KadKey.of(request.key()));
    }
  }

  /// The answer to an [EngineEffect.Ask]. One that nobody waits for any more is ignored.
  record Answered(long rpcId, KadResponse response) implements EngineInput {}

  /// A request without an answer, or an [EngineEffect.Announce], was written, and the peer closed
  /// its side without a reset.
  record Sent(long rpcId) implements EngineInput {}

  record RpcFailed(long rpcId, RpcFailure why) implements EngineInput {}

  /// Starts an operation. Ends in exactly one [EngineEffect.Done] with the same id.
  ///
  /// @param operationId chosen by the caller, not negative, unlike any in use
  /// @param limit after this time the operation ends with what it has
  record Start(long operationId, Operation<?> operation, Duration limit) implements EngineInput {
    public Start {
      Objects.requireNonNull(operation);
      Objects.requireNonNull(limit);
      if (operationId < 0) {
        throw new IllegalArgumentException("ids below zero are the engine's: " + operationId);
      }
    }
  }

  /// Ends an operation with what it has. Harmless when it is over.
  record Cancel(long operationId) implements EngineInput {}

  /// Where we are reachable, the best address first.
  record OwnAddresses(List<Multiaddr> addresses) implements EngineInput {
    public OwnAddresses {
      addresses = List.copyOf(addresses);
    }
  }

  /// Puts a new engine into the state of one that has been up for long. Nothing is asked and
  /// nothing checked but the limits of the table: it is for simulations that begin in the middle,
  /// and never for what a peer or a file says.
  ///
  /// @param servers who is in the table, those of one bucket next to each other
  /// @param walks what the latest walks found
  record Converge(List<Contact> servers, List<Walked> walks) implements EngineInput {
    public Converge {
      servers = List.copyOf(servers);
      walks = List.copyOf(walks);
    }

    /// What a walk found.
    ///
    /// @param closest the k closest peers to the target, the closest first
    public record Walked(KadKey target, List<Contact> closest) {
      public Walked {
        closest = List.copyOf(closest);
      }
    }
  }

  /// Peers that were known when the node last stopped, the best first. They seed walks, and are
  /// asked before they enter the table.
  record Recall(List<PeerInfo> peers) implements EngineInput {
    /// More are not worth asking at a start.
    public static final int MAX_PEERS = 1_024;

    public Recall {
      peers = List.copyOf(peers.subList(0, Math.min(peers.size(), MAX_PEERS)));
    }
  }

  record SwitchMode(Mode mode) implements EngineInput {}

  /// From now on events are told, or not: without readers none need be made.
  record Watch(boolean watched) implements EngineInput {}
}
