#!/usr/bin/env python3
"""The same made-up claims through Splink, to compare: run by bench_reconcile.py in an environment that has Splink.

    bench_splink.py CLAIMS.csv GROUPS.csv

CLAIMS.csv has a line for every claim: id, investor, country, place, currency, value, usd, year, month, day. What
Splink learns, it learns from these claims, without being told which are one. GROUPS.csv gets id and group.
"""

import sys
import time

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

# The threshold is that of even odds; it was not tuned on any seed.
EVEN = 0.5


def main(claims: str, groups: str) -> None:
    """Learns, predicts, clusters, and says on stdout how many seconds of one core each took."""
    started = time.process_time()
    api = DuckDBAPI(connection=duckdb.connect(config={"threads": 1}))
    table = duckdb.read_csv(claims).df()
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=[
            cl.ExactMatch("investor").configure(term_frequency_adjustments=True),
            cl.ExactMatch("country"),
            cl.ExactMatch("place"),
            cl.ExactMatch("value").configure(term_frequency_adjustments=True),
            cl.ExactMatch("usd"),
            cl.ExactMatch("month"),
            cl.ExactMatch("day"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("investor", "country", "year"),
            block_on("investor", "value"),
            block_on("investor", "usd"),
            block_on("country", "value", "month"),
        ],
    )
    linker = Linker(api.register(table), settings)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("investor", "country", "value", "month")], recall=0.5
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("investor", "country", "month"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("value", "usd"))
    predicted = linker.inference.predict(threshold_match_probability=EVEN)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, EVEN).as_pandas_dataframe()
    found[["id", "cluster_id"]].to_csv(groups, index=False, header=False)
    print(f"{time.process_time() - started:.1f}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
