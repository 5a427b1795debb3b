package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.federation.Duty;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.federation.FederationView;
import io.twinspan.registry.message.DutyHeld;
import io.twinspan.registry.message.OfferDuty;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.simulation.SimulatedNetwork;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Mistakes that metas and nodes could make with duty, each made on purpose and seen by the checker of M5. */
enum PlantedDuty {
    /** Everything as it should be. */
    NONE,

    /** A node takes whatever its meta says, also a lower epoch. */
    ACCEPT_A_LOWER_EPOCH,

    /** A node forgets its epoch when it starts again. */
    FORGET_THE_EPOCH_AT_RESTART,

    /** Whatever is contested counts as settled. */
    HIDE_THE_CONFLICT {
        @Override
        SimulatedNetwork.Tap tap() {
            return changing(state -> {
                Set<FederationEpoch> settled = new HashSet<>(state.settled());
                settled.addAll(state.contested());
                for (long number = 1; number <= state.number() + 1; number++) {
                    for (String name : DutyWorld.NAMES) {
                        settled.add(new FederationEpoch(number, new DatacenterId(name)));
                    }
                }
                settled.removeAll(state.lineage());
                return new FederationState(state.epoch(), state.duties(), state.lineage(), settled, Set.of());
            });
        }
    },

    /** A peer is told that another datacenter is active by the same epoch. */
    TWO_ACTIVE_BY_ONE_EPOCH {
        @Override
        SimulatedNetwork.Tap tap() {
            return changing(state -> {
                Map<DatacenterId, Duty> turned = new HashMap<>();
                state.duties().forEach((each, duty) -> turned.put(each, Duty.STANDBY));
                state.duties().keySet().stream()
                        .filter(each -> state.duty(each) != Duty.ACTIVE)
                        .findFirst()
                        .ifPresent(each -> turned.put(each, Duty.ACTIVE));
                return new FederationState(state.epoch(), turned, state.lineage(), state.settled(), state.contested());
            });
        }
    },

    /** What is known of duty is not told to the peers. */
    KEEP_IT_TO_ONESELF {
        @Override
        SimulatedNetwork.Tap tap() {
            return changing(state -> FederationState.NONE);
        }
    };

    /** What travels between datacenters, changed. */
    SimulatedNetwork.Tap tap() {
        return new SimulatedNetwork.Tap() {};
    }

    /** What a node knows after it has heard something. */
    FederationView after(FederationView production, FederationView heard) {
        return this == ACCEPT_A_LOWER_EPOCH ? heard : production;
    }

    boolean isForgetful() {
        return this == FORGET_THE_EPOCH_AT_RESTART;
    }

    private static SimulatedNetwork.Tap changing(UnaryOperator<FederationState> change) {
        return new SimulatedNetwork.Tap() {
            @Override
            @SuppressWarnings("unchecked") // an offer in place of another one
            public <R> Request<R> onRequest(Caller from, Endpoint to, Request<R> request) {
                return request instanceof OfferDuty offer
                        ? (Request<R>) new OfferDuty(offer.from(), change.apply(offer.state()))
                        : request;
            }

            @Override
            @SuppressWarnings("unchecked") // an answer in place of another one
            public <R> R onAnswer(Caller to, Request<R> request, R answer) {
                return answer instanceof DutyHeld held
                        ? (R) new DutyHeld(change.apply(held.state()), held.refusal())
                        : answer;
            }
        };
    }
}
