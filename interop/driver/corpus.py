"""What the libraries say of the records of the IPNS corpus, against what we say of them."""

from .peers import CannotRun, say
from .process import Failed, NotApplicable, Peer

CORPUS = "kad-core/src/test/resources/io/kadenza/kad/record/ipns/corpus.tsv"


def records(repository):
    """(what, verdict, name, record) of each line."""
    return [line.split("\t") for line in (repository / CORPUS).read_text().splitlines()]


def compare(impls, commands, repository):
    """Prints every difference; gives how many there were."""
    corpus, differences = records(repository), 0
    for impl in impls:
        if isinstance(commands[impl], CannotRun):
            say(f"{impl}: not run, {commands[impl]}")
            continue
        peer = Peer(impl, commands[impl], f"corpus-{impl}", None)
        try:
            peer.wait_ready()
            found = differing(peer, corpus)
        except NotApplicable as reason:
            say(f"{impl}: n/a, {reason}")
            continue
        finally:
            peer.stop()
        for what, ours, theirs in found:
            print(f"{impl}: {what}: we say {ours}, {impl} says {theirs}")
        print(f"{impl}: {len(found)} of {len(corpus)} verdicts differ")
        differences += len(found)
    return differences


def differing(peer, corpus):
    found = []
    for what, verdict, name, record in corpus:
        try:
            answer = peer.ask("name-check", name=name, record=record)
        except Failed as reason:
            answer = {"valid": False, "why": str(reason)}
        theirs = "valid" if answer["valid"] else f"invalid ({answer['why']})"
        if theirs.split()[0] != verdict:
            found.append((what, verdict, theirs))
    return found
