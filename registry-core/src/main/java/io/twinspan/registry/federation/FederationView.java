package io.twinspan.registry.federation;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a node knows of duty, as its meta sees it now.
 *
 * @param own the datacenter in which it is known
 * @param isAlone true when no peers are configured, so that there is nobody to decide with
 * @param unconfirmed peers that have not said lately that they follow the same epoch
 */
public record FederationView(DatacenterId own, FederationState state, boolean isAlone, Set<DatacenterId> unconfirmed) {
    /** Copies the names. */
    public FederationView {
        unconfirmed = Set.copyOf(unconfirmed);
    }

    /** Before anybody has said anything. */
    public static FederationView none(DatacenterId own) {
        return new FederationView(own, FederationState.NONE, false, Set.of());
    }

    /** The decision in force; empty while nothing has been decided, and then resolvers answer with their own datacenter. */
    public Optional<FederationEpoch> epoch() {
        return Optional.ofNullable(state.epoch());
    }

    /** True when every peer has said lately that it follows this epoch. */
    public boolean isConfirmedByPeers() {
        return unconfirmed.isEmpty();
    }

    /** What the own datacenter is there for. One without peers is active by itself. */
    public Duty duty() {
        return isAlone && !state.isDecided() ? Duty.ACTIVE : state.duty(own);
    }

    /** This view, with what another one knows besides. It never gets a lower epoch and never forgets a conflict that is not settled. */
    public FederationView merge(FederationView newer) {
        return new FederationView(own, state.merge(newer.state), newer.isAlone, newer.unconfirmed);
    }

    /** One line for every prompt; empty while nothing has been decided. */
    public String line() {
        return state.isDecided()
                ? decided()
                        + (isConfirmedByPeers() ? ", confirmed" : ", unconfirmed by " + names(unconfirmed))
                        + conflict()
                : "";
    }

    /** The same of somebody who does not hear the peers: without a word on whether they confirm. */
    public String decision() {
        return state.isDecided() ? decided() + conflict() : "";
    }

    private String decided() {
        return own + " " + duty() + ", epoch " + state.epoch();
    }

    private String conflict() {
        return state.isConflict()
                ? ", CONFLICT with " + names(state.contested()) + ": 'twinspan federation confirm --active DATACENTER'"
                : "";
    }

    private static <T extends Comparable<? super T>> String names(Set<T> all) {
        return new TreeSet<>(all).stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
