"""Lines of `interpret` and visits of `import`, behind `interchange`: JSON read strictly, answers written."""
