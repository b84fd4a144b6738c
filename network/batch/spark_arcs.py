"""Sum the ties of all courses from exported events with Spark, on a cluster.

``spark-submit network/batch/spark_arcs.py EVENTS ARCS``. It needs PySpark and ``arcs.sql`` beside
it, and nothing else of this project.
"""

import argparse
from pathlib import Path

try:
    from pyspark.sql import SparkSession
except ImportError:  # it is in an environment of its own, and here nothing runs
    SparkSession = None

SQL = Path(__file__).with_name("arcs.sql").read_text()


def write_arcs(session: SparkSession, events: str, arcs: str) -> int:
    """Write the arcs of exported events as Parquet, partitioned by course; return their number.

    ``events`` and ``arcs`` are addresses that the cluster knows: folders, ``hdfs://``, ``s3a://``.
    Raise ValueError for a day that has no weight.
    """
    # A course can be called 2026, which is a word like any other.
    session.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
    for name in ("courses", "tie_days"):
        session.read.parquet(f"{events}/{name}.parquet").createOrReplaceTempView(name)
    session.read.parquet(f"{events}/events").createOrReplaceTempView("events")
    session.sql(SQL).write.partitionBy("course").parquet(arcs)
    written = session.read.parquet(arcs)
    number, complete = written.count(), written.where("acc IS NOT NULL").count()
    if number != complete:
        raise ValueError(f"{number - complete} arcs have a day without a weight")
    return number


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("events", help="the folder of manage.py export_events")
    parser.add_argument("arcs", help="a new folder for the ties")
    options = parser.parse_args()
    session = SparkSession.builder.appName("ties of all courses").getOrCreate()
    try:
        print(f"{write_arcs(session, options.events, options.arcs)} arcs")
    finally:
        session.stop()


if __name__ == "__main__":
    main()
