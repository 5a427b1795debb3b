package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.federation.FederationView;
import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.OfferDuty;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.simulation.SimulatedNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * M5: one datacenter is active by an epoch, everybody follows the highest epoch that it has seen, also after a restart, and two
 * decisions that were made without knowledge of each other are shown as a conflict until an operator has settled them. What metas say
 * is seen as it leaves them, what a node answers with at every step.
 */
final class OneActiveAnEpoch implements SimulatedNetwork.Tap {
    private final Map<FederationEpoch, Optional<DatacenterId>> actives = new HashMap<>();
    private final Map<String, FederationEpoch> highest = new HashMap<>();
    private final Map<FederationEpoch, FederationState> decisions = new HashMap<>();
    private final Set<String> reborn = new HashSet<>();
    private final Set<FederationEpoch> confirmed = new HashSet<>();
    private boolean isUnheard;
    private final List<String> found = new ArrayList<>();

    List<String> found() {
        return found;
    }

    /** Metas that begin anew know nothing, and nobody expects them to; their nodes remember. */
    void onRebuilt(DatacenterId datacenter) {
        for (int i = 0; i < DutySite.METAS; i++) {
            reborn.add(datacenter + "-m" + i);
        }
    }

    void look(DutyNode node) {
        see(node.name(), node.known().state());
    }

    @Override
    public <R> Request<R> onRequest(Caller from, Endpoint to, Request<R> request) {
        // A meta that does not lead sends on what it was told; that is not its own word.
        if (request instanceof OfferDuty offer && offer.from().equals(from.datacenter())) {
            see(from.node().value(), offer.state());
        }
        return request;
    }

    @Override
    public <R> void onAnswered(Endpoint by, Caller to, Request<R> request, R answer) {
        FederationView told = answer instanceof LeaseGrant grant ? grant.federation() : null;
        if (told != null) {
            see(by.host(), told.state());
        }
    }

    /** An operator was told that this decision settles what was contested. */
    void onConfirmed(FederationEpoch epoch) {
        confirmed.add(epoch);
    }

    /** An operator was not told whether his decision settles anything, so what the decisions say of it is believed. */
    void onConfirmedUnheard() {
        isUnheard = true;
    }

    /** Once everybody has heard everything: all follow the highest decision, and show a conflict exactly if there is one. */
    void atTheEnd(List<DutySite> sites) {
        FederationEpoch last =
                decisions.keySet().stream().max(FederationEpoch::compareTo).orElse(null);
        Set<FederationEpoch> unknown = new HashSet<>(decisions.keySet());
        if (last != null) {
            FederationState decision = Objects.requireNonNull(decisions.get(last));
            unknown.removeAll(decision.lineage());
            for (FederationEpoch each : confirmed) {
                FederationState settling = decisions.get(each);
                if (settling != null) {
                    unknown.removeAll(settling.settled());
                }
            }
            if (isUnheard) {
                unknown.removeAll(decision.settled());
            }
        }
        for (DutySite site : sites) {
            FederationState known = site.node().known().state();
            if (!Objects.equals(known.epoch(), last)) {
                found.add("M5 " + site.own() + " follows epoch " + known.epoch() + ", the highest is " + last);
            }
            boolean isShown = site.node().known().line().contains("CONFLICT");
            if (isShown == unknown.isEmpty()) {
                found.add("M5 " + site.own() + (isShown ? " shows" : " does not show") + " a conflict; epoch " + last
                        + " was decided without knowledge of " + unknown);
            }
        }
    }

    private void see(String who, FederationState state) {
        FederationEpoch epoch = state.epoch();
        FederationEpoch before = highest.get(who);
        if (before != null && (epoch == null || epoch.compareTo(before) < 0) && !reborn.contains(who)) {
            found.add("M5 " + who + " follows epoch " + epoch + " after " + before);
        }
        if (epoch == null) {
            return;
        }
        highest.put(who, epoch);
        note(who, epoch, state);
    }

    private void note(String who, FederationEpoch epoch, FederationState state) {
        Optional<DatacenterId> known = actives.putIfAbsent(epoch, state.active());
        if (known != null && !known.equals(state.active())) {
            found.add("M5 " + who + " says that " + name(state.active()) + " is active by epoch " + epoch + ", "
                    + name(known) + " was");
        }
        // The one that issued it says it first, so what it was built on is what that one knew.
        decisions.putIfAbsent(epoch, state);
    }

    private static @Nullable Object name(Optional<DatacenterId> datacenter) {
        return datacenter.map(DatacenterId::name).orElse("nobody");
    }
}
