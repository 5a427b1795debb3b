package io.twinspan.registry.node.meta;

import io.twinspan.registry.node.meta.proto.StoredCommand;
import io.twinspan.registry.node.meta.proto.StoredPolicies;
import io.twinspan.registry.node.wire.PolicyForms;
import io.twinspan.registry.policy.PolicyRule;
import io.twinspan.registry.policy.PolicyTable;
import java.util.List;

/**
 * Other policies in place of those that an operator has seen. The new version is above the creation time of the group, so that
 * policies set in a group on empty disks are newer than what nodes remember of an earlier group, and no policies never are.
 *
 * @param expected version that was seen; 0 when there were none
 */
record SetPolicies(long expected, List<PolicyRule> rules) implements MetaCommand {
    SetPolicies {
        rules = List.copyOf(rules);
    }

    @Override
    public String refusal(MetaState state) {
        if (!state.isCreated()) {
            return "the group has no incarnation yet";
        }
        long stored = state.policies().version();
        return stored == expected
                ? ""
                : "the policies have version " + stored + ", the change is of version " + expected
                        + "; look at them again, somebody has changed them meanwhile";
    }

    @Override
    public MetaState applyTo(MetaState state) {
        long version = Math.max(expected + 1, state.incarnation().createdMillis());
        return state.withPolicies(new PolicyTable(version, rules));
    }

    @Override
    public StoredCommand stored() {
        StoredPolicies.Builder stored = StoredPolicies.newBuilder().setExpected(expected);
        rules.forEach(rule -> stored.addRules(PolicyForms.form(rule)));
        return StoredCommand.newBuilder().setSetPolicies(stored).build();
    }

    static SetPolicies of(StoredPolicies stored) {
        return new SetPolicies(
                stored.getExpected(),
                stored.getRulesList().stream().map(PolicyForms::read).toList());
    }
}
