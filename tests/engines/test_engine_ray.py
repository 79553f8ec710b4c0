"""A batch on a cluster gives what a batch on one machine gives, also when a node dies in mid-run."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.batch import Settings, Workers, run_batch

sys.path.insert(0, str(Path(__file__).parents[1] / "batch"))
from pages import make_reports

ray = pytest.importorskip(
    "ray", reason="ray is not installed: pip install 'disclosure-report-extractor[ray]'"
)

pytestmark = pytest.mark.filterwarnings("default")  # ray warns of its own affairs


@pytest.fixture
def cluster() -> Iterator[Any]:
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    second = cluster.add_node(num_cpus=1)
    ray.init(address=cluster.address, log_to_driver=False, logging_level="error")
    yield cluster, second
    ray.shutdown()
    cluster.shutdown()


def reports_of(
    folder: Path, inputs: Path, engine: Any, watch: Any = lambda tally: None
) -> list[tuple[Any, ...]]:
    settings = Settings(workers=2, commit_documents=4)
    batch = run_batch([str(inputs)], folder, settings, watch, engine)
    return [(o.document, o.code, o.verdict, o.place, report) for o, report in batch.harvest.reports()]


def test_a_cluster_gives_the_same_as_one_machine_though_a_node_dies(tmp_path: Path, cluster: Any) -> None:
    from extractor.engines.ray_engine import RayWorkers

    nodes, second = cluster
    make_reports(tmp_path / "in", 150)
    (tmp_path / "in" / "坏.pdf").write_bytes(b"%PDF-1.4")
    killed = []

    def kill_a_node(tally: Any) -> None:
        if tally.read > 10 and not killed:
            killed.append(nodes.remove_node(second, allow_graceful=False))

    on_ray = reports_of(tmp_path / "ray", tmp_path / "in", RayWorkers, kill_a_node)
    assert killed
    assert len(on_ray) == 151
    assert on_ray == reports_of(tmp_path / "local", tmp_path / "in", Workers)
