"""Published figures of other surveys beside a wave's tables: imported, looked at, compared, withdrawn."""
