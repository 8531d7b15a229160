package main

import (
	"context"
	"encoding/hex"
	"errors"
	"time"

	"github.com/ipfs/boxo/ipns"
	"github.com/ipfs/boxo/path"
	dht "github.com/libp2p/go-libp2p-kad-dht"
	"github.com/libp2p/go-libp2p-kbucket"
	"github.com/libp2p/go-libp2p/core/peer"
)

// signName makes an IPNS record of this peer's own name and stores it nowhere.
func (n *node) signName(r request) (fields, error) {
	value, err := path.NewPath(r.Value)
	if err != nil {
		return nil, err
	}
	key := n.host.Peerstore().PrivKey(n.host.ID())
	end := time.Now().Add(24 * time.Hour)
	record, err := ipns.NewRecord(key, value, r.Sequence, end, ipns.DefaultRecordTTL)
	if err != nil {
		return nil, err
	}
	data, err := ipns.MarshalRecord(record)
	return fields{"name": n.host.ID(), "record": hex.EncodeToString(data)}, err
}

func (n *node) putName(ctx context.Context, r request) error {
	key, err := nameKey(r.Name)
	if err != nil {
		return err
	}
	record, err := hex.DecodeString(r.Record)
	if err != nil {
		return err
	}
	err = n.dht.PutValue(ctx, key, record)
	// Before it looks for peers it has stored the value here.
	if errors.Is(err, kbucket.ErrLookupFailure) && n.dht.RoutingTable().Size() == 0 {
		return nil
	}
	return err
}

func (n *node) getName(ctx context.Context, r request) (fields, error) {
	key, err := nameKey(r.Name)
	if err != nil {
		return nil, err
	}
	record, err := n.dht.GetValue(ctx, key, dht.Quorum(16))
	return fields{"record": hex.EncodeToString(record)}, err
}

func (n *node) checkName(r request) (fields, error) {
	key, err := nameKey(r.Name)
	if err != nil {
		return nil, err
	}
	record, err := hex.DecodeString(r.Record)
	if err != nil {
		return nil, err
	}
	fault := ipns.Validator{}.Validate(key, record)
	if fault != nil {
		return fields{"valid": false, "why": fault.Error()}, nil
	}
	return fields{"valid": true}, nil
}

func nameKey(text string) (string, error) {
	id, err := peer.Decode(text)
	return string(ipns.NameFromPeer(id).RoutingKey()), err
}
