"""What one person does and sees: register, come back, correct, answer, understand."""
